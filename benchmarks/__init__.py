"""What parts of the product cost by themselves: figures to compare, never passed or failed."""
