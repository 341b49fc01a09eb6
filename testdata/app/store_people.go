package app

import "context"

// Person is who signs in.
type Person struct {
	ID        int64
	Name      string
	Email     string
	Suspended bool
}

// Person loads one person.
func (s *store) Person(ctx context.Context, id int64) (Person, error) {
	var p Person
	err := s.db.QueryRowContext(ctx, `SELECT id, name, email, suspended FROM people WHERE id = ?`, id).
		Scan(&p.ID, &p.Name, &p.Email, &p.Suspended)
	return p, err
}

// Author is the person who wrote something.
type Author struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// Author loads the author with the given id.
func (s *store) Author(ctx context.Context, id int64) (Author, error) {
	var a Author
	err := s.db.QueryRowContext(ctx, `SELECT id, name FROM people WHERE id = ?`, id).Scan(&a.ID, &a.Name)
	return a, err
}

// PostCount counts the posts of a person.
func (s *store) PostCount(ctx context.Context, person int64) (int, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM posts WHERE author_id = ?`, person).Scan(&n)
	return n, err
}
