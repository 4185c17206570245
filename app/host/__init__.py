"""What a host may know: that it runs. Nothing here shows what is in a plan."""
