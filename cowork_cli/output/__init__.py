"""The two writers (stdout, stderr) and the forms a Result can take."""
