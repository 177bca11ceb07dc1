"""The terminal app in a browser: a small server on this machine that starts one app for each tab."""
