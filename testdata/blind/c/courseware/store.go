package courseware

import (
	"context"
	"database/sql"
	"errors"
)

type course struct {
	id           int64
	title        string
	instructorID sql.NullInt64
}

type instructor struct {
	id   int64
	name string
}

type lesson struct {
	id, courseID int64
	title        string
}

type account struct {
	name   string
	staff  bool
	locale string
}

type store struct{ db *sql.DB }

func (s *store) courses(ctx context.Context, limit int32) ([]course, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, title, instructor_id FROM courses ORDER BY title LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []course
	for rows.Next() {
		var c course
		if err := rows.Scan(&c.id, &c.title, &c.instructorID); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func (s *store) course(ctx context.Context, id int64) (*course, error) {
	c := &course{id: id}
	err := s.db.QueryRowContext(ctx, `SELECT title, instructor_id FROM courses WHERE id = $1`, id).Scan(&c.title, &c.instructorID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return c, err
}

func (s *store) lessonsByCourse(ctx context.Context, courseID int64) ([]lesson, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, course_id, title FROM lessons WHERE course_id = $1 ORDER BY id`, courseID) // want loop: n-plus-one
	if err != nil {
		return nil, err
	}
	return scanLessons(rows)
}

func (s *store) lessonsByCourses(ctx context.Context, courseIDs []int64) ([]lesson, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, course_id, title FROM lessons WHERE course_id = ANY($1) ORDER BY id`, courseIDs)
	if err != nil {
		return nil, err
	}
	return scanLessons(rows)
}

func scanLessons(rows *sql.Rows) ([]lesson, error) {
	defer rows.Close()
	var out []lesson
	for rows.Next() {
		var l lesson
		if err := rows.Scan(&l.id, &l.courseID, &l.title); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

func (s *store) instructorsByID(ctx context.Context, ids []int64) (map[int64]*instructor, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name FROM instructors WHERE id = ANY($1)`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[int64]*instructor, len(ids))
	for rows.Next() {
		in := new(instructor)
		if err := rows.Scan(&in.id, &in.name); err != nil {
			return nil, err
		}
		out[in.id] = in
	}
	return out, rows.Err()
}

func (s *store) enrolledByCourses(ctx context.Context, ids []int64) (map[int64]int32, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT course_id, count(*) FROM enrollments WHERE course_id = ANY($1) GROUP BY course_id`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[int64]int32, len(ids))
	for _, id := range ids {
		out[id] = 0
	}
	for rows.Next() {
		var id int64
		var n int32
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		out[id] = n
	}
	return out, rows.Err()
}

type accountKey struct{}

func (s *store) currentAccount(ctx context.Context) (*account, error) {
	id, _ := ctx.Value(accountKey{}).(int64)
	a := new(account)
	err := s.db.QueryRowContext(ctx, `SELECT name, staff, locale FROM accounts WHERE id = $1`, id).Scan(&a.name, &a.staff, &a.locale) // want loop: duplicate-query // also loop: n-plus-one
	return a, err
}
