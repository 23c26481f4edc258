"""What a simulated world is made of: the columns of citizens and communities, their bonds, and the codec between forms."""
