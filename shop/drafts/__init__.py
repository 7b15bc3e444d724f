"""What somebody is in the middle of writing: frozen answers that know what is still missing."""
