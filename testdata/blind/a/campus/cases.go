package campus

import (
	"context"
	"database/sql"
	"errors"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const script = `
CREATE TABLE faculties (id bigserial PRIMARY KEY, name text NOT NULL, parent_id bigint);
INSERT INTO faculties (id, name, parent_id) VALUES (1, 'University', NULL), (2, 'Sciences', 1), (3, 'Arts', 1), (4, 'Physics', 2), (5, 'Chemistry', 2),
	(6, 'Optics', 4), (7, 'History', 3), (8, 'Organic', 5), (9, 'Law', 1);
CREATE TABLE lecturers (id bigserial PRIMARY KEY, name text NOT NULL);
INSERT INTO lecturers (name) SELECT 'Lecturer ' || i FROM generate_series(1, 5) i;
CREATE TABLE courses (id bigserial PRIMARY KEY, code text NOT NULL UNIQUE, title text NOT NULL, lecturer_id bigint, seats int NOT NULL DEFAULT 0);
INSERT INTO courses (code, title, lecturer_id, seats) SELECT 'C' || i * 10, 'Course ' || i, CASE WHEN i % 4 > 0 THEN 1 + i % 5 END, i % 7 FROM generate_series(1, 18) i;
CREATE TABLE students (id bigserial PRIMARY KEY, name text NOT NULL, email text, points bigint NOT NULL DEFAULT 0);
INSERT INTO students (id, name, email) SELECT 20000 + i * 7, 'Student ' || i, CASE WHEN i % 3 > 0 THEN 's' || i || '@campus.example' END FROM generate_series(1, 25) i;
CREATE TABLE enrolments (course_id bigint NOT NULL, student_id bigint NOT NULL, PRIMARY KEY (course_id, student_id));
INSERT INTO enrolments SELECT c, 20000 + s * 7 FROM generate_series(1, 18) c, generate_series(1, 25) s WHERE (c * s) % 6 = 1 OR (c + s) % 11 = 0;
CREATE TABLE sessions (id bigserial PRIMARY KEY, course_id bigint NOT NULL, room text NOT NULL, at timestamptz NOT NULL);
INSERT INTO sessions (course_id, room, at) SELECT 1 + i * 5 % 18, 'R' || i % 4, timestamptz '2024-10-01 08:00Z' + i * interval '95 minutes' FROM generate_series(1, 30) i;
CREATE TABLE grades (id bigserial PRIMARY KEY, student_id bigint NOT NULL, course_id bigint NOT NULL, mark float8);
INSERT INTO grades (student_id, course_id, mark) SELECT 20000 + (1 + i % 25) * 7, 1 + i % 18, CASE WHEN i % 6 > 0 THEN 1 + i % 4 * 0.7 END FROM generate_series(1, 60) i;
CREATE TABLE theses (id bigserial PRIMARY KEY, title text NOT NULL, student_id bigint NOT NULL);
INSERT INTO theses (title, student_id) SELECT 'On ' || i, 20000 + (1 + i * 4 % 25) * 7 FROM generate_series(1, 9) i;
CREATE SEQUENCE document_numbers START 4711;
`

func at(run func(ctx context.Context, o *Office) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		o, err := office(db)
		if err != nil {
			return err
		}
		return run(ctx, o)
	}
}

func grades(n int) []Grade {
	var list []Grade
	for i := range n {
		g := Grade{StudentID: 20007 + uint(i)*7, CourseID: 3}
		if i%4 > 0 {
			mark := float64(i%4) + 0.3
			g.Mark = &mark
		}
		list = append(list, g)
	}
	return list
}

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "lists", Want: []string{blind.NPlusOne},
			Why:    "Association is asked course by course, where Preload takes all",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Lists(ctx)
				return err
			}),
		},
		{
			Name:   "prospectus",
			Why:    "Preload runs one statement for each association",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Prospectus(ctx)
				return err
			}),
		},
		{
			Name:   "by pages",
			Why:    "pages, and Preload once for each page",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				return o.ByPages(ctx, func(Course) {})
			}),
		},
		{
			Name: "theses", Want: []string{blind.NPlusOne},
			Why:    "the hook AfterFind loads an author for each row of one Find",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Theses(ctx)
				return err
			}),
		},
		{
			Name: "enrol", Want: []string{blind.RowInsert},
			Why:    "Create for each element, where Create takes the slice",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				return o.Enrol(grades(12))
			}),
		},
		{
			Name:   "load grades",
			Why:    "batches of eight rows",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				return o.LoadGrades(ctx, grades(24))
			}),
		},
		{
			Name: "award points", Want: []string{blind.RowUpdate},
			Why:    "Save for each student, changed or not",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				return o.AwardPoints(ctx)
			}),
		},
		{
			Name: "chart", Want: []string{blind.Recursive},
			Why:    "two methods call each other, with one SELECT for each faculty",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Chart(1)
				return err
			}),
		},
		{
			Name: "averages", Want: []string{blind.NPlusOne},
			Why:    "the batches are fine, but within each batch there is one aggregate for each student",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Averages(ctx)
				return err
			}),
		},
		{
			Name:   "mailing",
			Why:    "FindInBatches is paging",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				to, err := o.Mailing(ctx)
				if err == nil && len(to) != 17 {
					return errors.New("addresses lost")
				}
				return err
			}),
		},
		{
			Name: "withdraw", Want: []string{blind.RowDelete},
			Why:    "Delete for each row that has been found by one condition",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Withdraw(ctx)
				return err
			}),
		},
		{
			Name: "open courses", Want: []string{blind.NPlusOne},
			Why:    "a COUNT for each course behind an interface",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				var courses []Course
				if err := o.db.WithContext(ctx).Find(&courses).Error; err != nil {
					return err
				}
				_, err := Open(ctx, o, courses)
				return err
			}),
		},
		{
			Name: "timetable", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why:    "a course for each row that is streamed",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, err := o.Timetable()
				return err
			}),
		},
		{
			Name:   "search",
			Why:    "the loop adds conditions to one query; a count and a list are run",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				_, _, err := o.Search(ctx, []Filter{{"seats", 3}, {"title", []string{"Course 3", "Course 10"}}, {"code", []string{"C30", "C100", "C170"}}})
				return err
			}),
		},
		{
			Name:   "admit",
			Why:    "get-or-create of three different single rows",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				return o.Admit(ctx, "Student 99", "C990")
			}),
		},
		{
			Name:   "numbers",
			Why:    "nextval gives another value each time: four different documents are numbered",
			Driver: "pgx", Schema: script,
			Run: at(func(ctx context.Context, o *Office) error {
				card, _, _, locker, err := o.Numbers(ctx)
				if err == nil && locker != card+3 {
					return errors.New("a gap")
				}
				return err
			}),
		},
	}
}
