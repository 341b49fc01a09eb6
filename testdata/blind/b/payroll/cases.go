// Package payroll pays the employees of a company.
package payroll

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"xorm.io/xorm"
	"xorm.io/xorm/core"

	blind "github.com/nplusgone/nplusgone/testdata/blind"
)

func with(driver string, fn func(ctx context.Context, engine *xorm.Engine) error) func(context.Context, *sql.DB) error {
	source := "postgres://root@127.0.0.1:5432/postgres"
	if driver == "sqlite3" {
		source = "payroll.db"
	}
	return func(ctx context.Context, db *sql.DB) error {
		engine, err := xorm.NewEngineWithDB(driver, source, core.FromDB(db))
		if err != nil {
			return err
		}
		return fn(ctx, engine)
	}
}

// Cases returns the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "preview", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "The timesheets are read for each employee.",
			Run: with("postgres", func(ctx context.Context, engine *xorm.Engine) error {
				_, err := (&Run{engine, "2024-04"}).Preview(ctx)
				return err
			}),
		},
		{
			Name: "close period", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.NPlusOne},
			Why:  "Whether there is a payslip is asked for each employee; only the insert is done in one.",
			Run: with("postgres", func(_ context.Context, engine *xorm.Engine) error {
				_, err := (&Run{engine, "2024-04"}).Close()
				return err
			}),
		},
		{
			Name: "close period in blocks", Driver: "pgx", Schema: pgSchema,
			Why: "The loop flushes a multi-row insert whenever a block is full.",
			Run: with("pgx", func(ctx context.Context, engine *xorm.Engine) error {
				n, err := (&Run{engine, "2024-05"}).CloseInBlocks(ctx, 8)
				if err == nil && n != 26 {
					return errors.New("somebody was left out")
				}
				return err
			}),
		},
		{
			Name: "net salaries", Driver: "sqlite3", Schema: liteSchema,
			Want: []string{blind.Duplicate + " " + blind.NPlusOne},
			Why:  "The brackets of the same year are read again for each employee.",
			Run: with("sqlite3", func(ctx context.Context, engine *xorm.Engine) error {
				_, err := (&Run{engine, "2024-05"}).Net(ctx, 2024)
				return err
			}),
		},
		{
			Name: "phone book", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why: "The callback of Iterate reads the department of each employee; a join would do.",
			Run: with("postgres", func(ctx context.Context, engine *xorm.Engine) error {
				_, err := (&Directory{engine}).PhoneBook(ctx)
				return err
			}),
		},
		{
			Name: "badges", Driver: "sqlite3", Schema: liteSchema,
			Why: "Iterate reads pages of a few rows; the callback runs no statement.",
			Run: with("sqlite3", func(_ context.Context, engine *xorm.Engine) error {
				_, err := (&Directory{engine}).Badges()
				return err
			}),
		},
		{
			Name: "superiors", Driver: "pgx", Schema: pgSchema,
			Want: []string{blind.Recursive}, May: []string{blind.NPlusOne},
			Why: "The function reads one employee and calls itself with the manager.",
			Run: with("pgx", func(ctx context.Context, engine *xorm.Engine) error {
				_, err := (&Directory{engine}).Superiors(ctx, 1100+9*7)
				return err
			}),
		},
		{
			Name: "teams", Driver: "postgres", Schema: pgSchema,
			Why: "One statement with IN for each level of the hierarchy, not for each employee.",
			Run: with("postgres", func(_ context.Context, engine *xorm.Engine) error {
				_, err := (&Directory{engine}).Teams(1107)
				return err
			}),
		},
		{
			Name: "places", Driver: "pgx", Schema: pgSchema,
			Why: "Departments and sites are read once into maps; the closure only looks them up.",
			Run: with("pgx", func(_ context.Context, engine *xorm.Engine) error {
				_, err := (&Directory{engine}).Places()
				return err
			}),
		},
		{
			Name: "gate", Driver: "sqlite3", Schema: liteSchema,
			Why: "Five look-ups of single rows that follow from each other.",
			Run: with("sqlite3", func(_ context.Context, engine *xorm.Engine) error {
				_, err := (&Directory{engine}).Gate("B341")
				return err
			}),
		},
		{
			Name: "raise", Driver: "postgres", Schema: pgSchema,
			Want: []string{blind.RowUpdate},
			Why:  "One UPDATE for each employee.",
			Run: with("postgres", func(_ context.Context, engine *xorm.Engine) error {
				return Raise(engine, 2, func(e Employee) int64 { return e.SalaryCents / 50 })
			}),
		},
		{
			Name: "raise by grade", Driver: "postgres", Schema: pgSchema,
			Why: "Four statements, one for each grade that is written down in the source; each changes many rows.",
			Run: with("postgres", func(_ context.Context, engine *xorm.Engine) error {
				return RaiseByGrade(engine)
			}),
		},
		{
			Name: "import clock file", Driver: "sqlite3", Schema: liteSchema,
			Want: []string{blind.RowInsert},
			Why:  "Each record of the file is inserted alone.",
			Run: with("sqlite3", func(_ context.Context, engine *xorm.Engine) error {
				file := make(chan Stamp)
				go func() {
					defer close(file)
					for i := range 22 {
						file <- Stamp{Employee: int64(1 + i%20), Day: time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC), Minutes: i * 19 % 480}
					}
				}()
				return (&Importer{engine: engine}).Import(file)
			}),
		},
	}
}
