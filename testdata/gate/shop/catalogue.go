package shop

import "context"

// A Product is a line of the catalogue.
type Product struct {
	Price, Stock, Reviews int
}

// Catalogue returns all products: an old debt of three statements in one loop.
func (s *Store) Catalogue(ctx context.Context) (products []Product, err error) {
	ids, err := s.keys(ctx, "SELECT id FROM products ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		var p Product
		if err := s.DB.QueryRowContext(ctx, "SELECT cents FROM prices WHERE product_id = ?", id).Scan(&p.Price); err != nil {
			return nil, err
		}
		if err := s.DB.QueryRowContext(ctx, "SELECT pieces FROM stock WHERE product_id = ?", id).Scan(&p.Stock); err != nil {
			return nil, err
		}
		if err := s.DB.QueryRowContext(ctx, "SELECT count(*) FROM reviews WHERE product_id = ?", id).Scan(&p.Reviews); err != nil {
			return nil, err
		}
		products = append(products, p)
	}
	return products, nil
}
