"""For people who decide: figures whose titles say the finding, and one page that holds them."""
