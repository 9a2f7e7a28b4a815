"""The social architecture of capitalism: classes that emerge from trade, hiring and wages."""
