"""カラーミーショップ order file."""
