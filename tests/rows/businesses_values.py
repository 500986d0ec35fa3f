"""What a centre said about the values of its lists."""

WITHOUT = {"businesses.ValueMeaning": "read by the computer, never listed"}
