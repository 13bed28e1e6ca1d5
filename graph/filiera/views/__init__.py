"""What is shown: the network page, cards, tables, reports and exports."""
