"""How well attributions are found: figures, and the mistakes behind them."""
