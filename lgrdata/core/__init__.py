"""What everything stands on: vocabulary, facts as arrays, words, text, colours, files, locks, caches."""
