"""The widgets of the terminal app that Textual does not have, or has not for Vietnamese."""
