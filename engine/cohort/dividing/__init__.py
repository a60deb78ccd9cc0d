"""How patients are divided, such that nobody is on two sides, and the part that is set aside."""
