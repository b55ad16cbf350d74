"""Foods and portions, the meal parser, the diary and its targets."""
