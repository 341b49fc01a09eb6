package shop

import "context"

// Feed returns the author of each post: an old debt of one statement.
func (s *Store) Feed(ctx context.Context) (names []string, err error) {
	authors, err := s.keys(ctx, "SELECT author_id FROM posts ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, id := range authors {
		var name string
		if err := s.DB.QueryRowContext(ctx, "SELECT name FROM authors WHERE id = ?", id).Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
