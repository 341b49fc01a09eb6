package sqlc

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/schooldb"
)

var errNotStaff = errors.New("not a member of the department")

type schoolPolicy struct{ q *schooldb.Queries }

func (p schoolPolicy) mayEnter(ctx context.Context, login, department string) error {
	t, err := p.q.GetTeacherByLogin(ctx, login) // also: duplicate-query
	if err != nil {
		return err
	}
	if t.Department != department && !t.IsHead {
		return errNotStaff
	}
	return nil
}

type timetable struct {
	Teacher string   `json:"teacher"`
	Courses []string `json:"courses"`
}

type schoolService struct {
	policy schoolPolicy
	q      *schooldb.Queries
}

func (s *schoolService) timetable(ctx context.Context, login string) (*timetable, error) {
	if err := s.policy.mayEnter(ctx, login, "maths"); err != nil {
		return nil, err
	}
	t, err := s.q.GetTeacherByLogin(ctx, login) // also: duplicate-query
	if err != nil {
		return nil, err
	}
	cs, err := s.q.ListCoursesOfTeacher(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	tt := &timetable{Teacher: t.Name}
	for _, c := range cs {
		tt.Courses = append(tt.Courses, c.Title)
	}
	return tt, nil
}

var teacherCourses = rowuse.Case{
	Name:   "courses of a teacher after a check of the department",
	Want:   []string{rowuse.Duplicate},
	May:    []string{rowuse.RedundantLookup},
	Why:    "Policy and service both read the teacher by the same login.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE teachers (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, department TEXT NOT NULL, is_head BOOLEAN NOT NULL);
CREATE TABLE courses (id INTEGER PRIMARY KEY, teacher_id INTEGER NOT NULL, title TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 14) INSERT INTO teachers SELECT i, 'login' || i, 'Teacher ' || i, CASE i % 2 WHEN 0 THEN 'maths' ELSE 'arts' END, 0 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 42) INSERT INTO courses SELECT i, 1 + i % 14, 'Course ' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		q := schooldb.New(db)
		tt, err := (&schoolService{schoolPolicy{q}, q}).timetable(ctx, "login4")
		if err != nil {
			return err
		}
		return json.NewEncoder(io.Discard).Encode(tt)
	},
}
