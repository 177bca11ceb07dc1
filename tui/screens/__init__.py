"""The screens: each shows one thing and hands on what is done there."""
