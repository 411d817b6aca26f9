"""Files that people bring, giving places to councils: decoded, their columns understood, their places found."""
