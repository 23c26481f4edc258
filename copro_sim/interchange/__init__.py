"""What goes out to other programs and comes in from them: populations of one's own, tables as Parquet."""
