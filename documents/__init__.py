"""Paper and pictures: order sheets in, labels and charts out."""
