"""The population table: who the world's people are, estimated from published margins."""
