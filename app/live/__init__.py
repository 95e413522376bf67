"""What is live: frames, sockets, regions, and the way in for ballots."""
