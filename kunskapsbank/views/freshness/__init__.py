"""Whether a contribution still holds, and whether it helped anybody."""
