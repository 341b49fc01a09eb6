package courseware

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"github.com/graph-gophers/graphql-go"
)

func parseID(id graphql.ID) int64 {
	n, _ := strconv.ParseInt(string(id), 10, 64)
	return n
}

func formatID(n int64) graphql.ID { return graphql.ID(strconv.FormatInt(n, 10)) }

type siteRoot struct{ store *store }

func (r *siteRoot) Courses(ctx context.Context, args struct{ First int32 }) ([]*siteCourse, error) {
	list, err := r.store.courses(ctx, args.First)
	if err != nil {
		return nil, err
	}
	out := make([]*siteCourse, len(list))
	for i, c := range list {
		out[i] = &siteCourse{c, r.store}
	}
	return out, nil
}

func (r *siteRoot) Course(ctx context.Context, args struct{ ID graphql.ID }) (*siteCourse, error) {
	c, err := r.store.course(ctx, parseID(args.ID))
	if err != nil || c == nil {
		return nil, err
	}
	return &siteCourse{*c, r.store}, nil
}

func (r *siteRoot) Viewer() *viewer { return &viewer{r.store} }

type siteCourse struct {
	course
	store *store
}

func (c *siteCourse) ID() graphql.ID { return formatID(c.id) }
func (c *siteCourse) Title() string  { return c.title }

func (c *siteCourse) Instructor(ctx context.Context) (*siteInstructor, error) {
	if !c.instructorID.Valid {
		return nil, nil
	}
	in := siteInstructor{store: c.store}
	err := c.store.db.QueryRowContext(ctx, `SELECT id, name FROM instructors WHERE id = $1`, c.instructorID.Int64).Scan(&in.id, &in.name) // want loop: n-plus-one
	return &in, err
}

func (c *siteCourse) Lessons(ctx context.Context) ([]*siteLesson, error) {
	list, err := c.store.lessonsByCourse(ctx, c.id) // also loop: n-plus-one
	if err != nil {
		return nil, err
	}
	out := make([]*siteLesson, len(list))
	for i, l := range list {
		out[i] = &siteLesson{l, c.store}
	}
	return out, nil
}

func (c *siteCourse) Enrolled(ctx context.Context) (n int32, err error) {
	err = c.store.db.QueryRowContext(ctx, `SELECT count(*) FROM enrollments WHERE course_id = $1`, c.id).Scan(&n) // want loop: n-plus-one
	return n, err
}

func (c *siteCourse) CanEdit(ctx context.Context) (bool, error) {
	a, err := c.store.currentAccount(ctx) // also loop: duplicate-query n-plus-one
	if err != nil {
		return false, err
	}
	return a.staff, nil
}

func (c *siteCourse) NextSession() (*session, error) {
	s := new(session)
	err := c.store.db.QueryRow(`SELECT room, starts_on::text FROM sessions WHERE course_id = $1 ORDER BY starts_on LIMIT 1`, c.id).Scan(&s.room, &s.startsOn) // want loop: n-plus-one
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return s, err
}

type siteInstructor struct {
	instructor
	store *store
}

func (i *siteInstructor) ID() graphql.ID { return formatID(i.id) }
func (i *siteInstructor) Name() string   { return i.name }
func (i *siteInstructor) CourseCount(ctx context.Context) (n int32, err error) {
	err = i.store.db.QueryRowContext(ctx, `SELECT count(*) FROM courses WHERE instructor_id = $1`, i.id).Scan(&n)
	return n, err
}

type siteLesson struct {
	lesson
	store *store
}

func (l *siteLesson) ID() graphql.ID { return formatID(l.id) }
func (l *siteLesson) Title() string  { return l.title }

func (l *siteLesson) Attachments(ctx context.Context) ([]*attachment, error) {
	rows, err := l.store.db.QueryContext(ctx, `SELECT name, size FROM attachments WHERE lesson_id = $1 ORDER BY id`, l.id) // want loop: n-plus-one
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*attachment
	for rows.Next() {
		a := new(attachment)
		if err := rows.Scan(&a.name, &a.size); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

type attachment struct {
	name string
	size int32
}

func (a *attachment) Name() string { return a.name }
func (a *attachment) Size() int32  { return a.size }

type session struct{ room, startsOn string }

func (s *session) Room() string     { return s.room }
func (s *session) StartsOn() string { return s.startsOn }

type viewer struct{ store *store }

func (v *viewer) Name(ctx context.Context) (string, error) {
	a, err := v.store.currentAccount(ctx) // also loop: duplicate-query
	return a.name, err
}

func (v *viewer) IsStaff(ctx context.Context) (bool, error) {
	a, err := v.store.currentAccount(ctx) // also loop: duplicate-query
	return a.staff, err
}

func (v *viewer) Locale(ctx context.Context) (string, error) {
	a, err := v.store.currentAccount(ctx) // also loop: duplicate-query
	return a.locale, err
}
