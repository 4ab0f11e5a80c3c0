"""The demo shop 茶と器 うつわ屋: invented goods, people and three months of trade, made by the real use cases."""
