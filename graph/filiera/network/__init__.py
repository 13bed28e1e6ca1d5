"""The network: nodes and edges selected from the graph, and where to draw them."""
