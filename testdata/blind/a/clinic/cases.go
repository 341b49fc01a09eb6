package clinic

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const schema = `
CREATE TABLE depts (id int PRIMARY KEY, name text NOT NULL, parent int);
INSERT INTO depts VALUES (1, 'Hospital', NULL), (10, 'Surgery', 1), (20, 'Medicine', 1), (21, 'Cardiology', 20),
	(22, 'Gastroenterology', 20), (23, 'Catheter lab', 21), (30, 'Paediatrics', 1), (31, 'Neonatal', 30), (11, 'Trauma', 10);
CREATE TABLE doctors (id uuid PRIMARY KEY, name text NOT NULL, dept int NOT NULL, mentor uuid, licensed bool NOT NULL);
INSERT INTO doctors SELECT md5('doctor' || i)::uuid, 'Doctor ' || i, 20 + i % 4,
	CASE WHEN i % 3 <> 0 THEN md5('doctor' || i / 3 * 3)::uuid END, true FROM generate_series(0, 8) i;
CREATE TABLE insurers (no serial, code text PRIMARY KEY, name text NOT NULL);
INSERT INTO insurers (code, name) VALUES ('AOK', 'Allgemeine'), ('TK', 'Techniker'), ('DAK', 'Gesundheit'), ('BKK', 'Mobil');
CREATE TABLE patients (id uuid PRIMARY KEY, name text NOT NULL, insurer text);
INSERT INTO patients SELECT md5('patient' || i)::uuid, 'Patient ' || i,
	(ARRAY['AOK', 'TK', NULL, 'DAK', 'AOK', 'BKK'])[1 + i % 6] FROM generate_series(1, 30) i;
CREATE TABLE rooms (id int PRIMARY KEY, label text NOT NULL);
INSERT INTO rooms VALUES (3, 'A 003'), (17, 'A 017'), (41, 'B 041');
CREATE TABLE visits (id uuid PRIMARY KEY, doctor_id uuid NOT NULL, patient_id uuid NOT NULL, at timestamptz NOT NULL, status text NOT NULL, room int);
INSERT INTO visits SELECT md5('visit' || i)::uuid, md5('doctor' || i % 4)::uuid, md5('patient' || 1 + i * 7 % 30)::uuid,
	timestamptz '2024-05-14 08:00Z' + i * interval '19 minutes', CASE WHEN i % 8 = 5 THEN 'cancelled' ELSE 'booked' END,
	(ARRAY[3, NULL, 17, 41])[1 + i % 4] FROM generate_series(0, 17) i;
CREATE TABLE allergies (patient_id uuid NOT NULL, substance text NOT NULL);
INSERT INTO allergies SELECT md5('patient' || i)::uuid, s FROM generate_series(1, 30) i, unnest(ARRAY['penicillin', 'latex', 'nickel']) s
	WHERE (i + length(s)) % 3 = 0;
CREATE TABLE scripts (id uuid PRIMARY KEY, patient_id uuid NOT NULL, drug text NOT NULL, dose float8 NOT NULL, ends date);
INSERT INTO scripts SELECT md5('script' || i)::uuid, md5('patient' || 1 + i % 23)::uuid, 'drug ' || i % 9, i * 0.5,
	CASE WHEN i % 2 = 0 THEN date '2024-06-01' END FROM generate_series(1, 50) i;
CREATE TABLE samples (id uuid PRIMARY KEY, result text);
INSERT INTO samples SELECT md5('sample' || i)::uuid, NULL FROM generate_series(1, 5) i;
`

func some[T any](list []T, err error, least int) error {
	if err == nil && len(list) < least {
		return errors.New("too few")
	}
	return err
}

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "day sheet", Want: []string{blind.NPlusOne},
			Why:    "each visit of the day loads its patient by key through an interface; a JOIN or = ANY would do",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := newBook(NewStore(db)).DaySheet(ctx, today)
				return err
			},
		},
		{
			Name: "allergy board", Want: []string{blind.NPlusOne},
			Why:    "an errgroup hides that there is one SELECT for each visit",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := newBook(NewStore(db)).AllergyBoard(ctx, today)
				return err
			},
		},
		{
			Name: "remind", Want: []string{blind.RowUpdate},
			Why:    "the same constant is written row by row; one UPDATE with the same condition would do",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := newBook(NewStore(db)).Remind(today)
				return err
			},
		},
		{
			Name: "organisation chart", Want: []string{blind.Recursive},
			Why:    "one SELECT for each department by a method that calls itself",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := NewStore(db).Chart(ctx, 1)
				return err
			},
		},
		{
			Name:   "organisation chart in memory",
			Why:    "the recursion links rows of one SELECT and runs no statement",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := NewStore(db).Tree(ctx, 1)
				return err
			},
		},
		{
			Name: "home page", Want: []string{blind.Duplicate},
			Why:    "two middlewares, the greeting and the page each load the same doctor in one request",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var id string
				if err := db.QueryRowContext(ctx, `SELECT min(id::text) FROM doctors`).Scan(&id); err != nil {
					return err
				}
				_, err := (&Server{store: NewStore(db)}).Serve(ctx, Request{Doctor: id, Path: "/"})
				return err
			},
		},
		{
			Name: "open prescriptions", Want: []string{blind.NPlusOne},
			Why:    "a COUNT for each patient; that it is prepared does not save the round trips",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := NewStore(db).OpenScripts(ctx, "AOK")
				return err
			},
		},
		{
			Name: "import prescriptions", Want: []string{blind.RowInsert},
			Why:    "an INSERT for each line of the message in one transaction",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var list []Script
				end := today.AddDate(0, 1, 0)
				for i := range 12 {
					sc := Script{Patient: uuid.New(), Drug: "ibuprofen", Dose: float64(i) / 2}
					if i%3 == 0 {
						sc.Ends = &end
					}
					list = append(list, sc)
				}
				return NewStore(db).ImportScripts(ctx, list)
			},
		},
		{
			Name:   "occupancy",
			Why:    "four counts for four states that are written down in the source",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := NewStore(db).Occupancy(ctx)
				return err
			},
		},
		{
			Name:   "first available doctor",
			Why:    "the search goes through a ranking and ends at the first hit; asking ahead for all is not clearly better",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				rows, err := db.QueryContext(ctx, `SELECT id FROM doctors ORDER BY name`)
				if err != nil {
					return err
				}
				ranking, err := texts(rows)
				if err := some(ranking, err, 5); err != nil {
					return err
				}
				_, err = newBook(NewStore(db)).FirstAvailable(ctx, ranking, today)
				return err
			},
		},
		{
			Name:   "visit card",
			Why:    "a chain of single-row look-ups of different tables; the two doctors differ",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				var id string
				err := db.QueryRow(`SELECT v.id FROM visits v JOIN patients p ON p.id = v.patient_id JOIN doctors d ON d.id = v.doctor_id
					WHERE v.room IS NOT NULL AND p.insurer IS NOT NULL AND d.mentor IS NOT NULL ORDER BY v.at LIMIT 1`).Scan(&id)
				if err != nil {
					return err
				}
				_, err = newBook(NewStore(db)).VisitCard(ctx, id)
				return err
			},
		},
		{
			Name:   "register an insurer",
			Why:    "get-or-create of one row: look, insert, look again",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := NewStore(db).RegisterInsurer(ctx, "IKK", "Innung")
				return err
			},
		},
		{
			Name:   "await a result",
			Why:    "polling: the same SELECT again is the purpose, as another connection writes meanwhile",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				s := NewStore(db)
				var id string
				if err := db.QueryRowContext(ctx, `SELECT min(id::text) FROM samples`).Scan(&id); err != nil {
					return err
				}
				lab := make(chan error, 1)
				go func() {
					time.Sleep(90 * time.Millisecond)
					_, err := db.Exec(`UPDATE samples SET result = 'negative' WHERE id = $1`, id)
					lab <- err
				}()
				if _, err := s.AwaitResult(ctx, id); err != nil {
					return err
				}
				return <-lab
			},
		},
		{
			Name:   "register of patients",
			Why:    "the names come out of a cache that has been filled by one SELECT",
			Driver: "pgx", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				s := NewStore(db)
				cache := &labels{store: s}
				if err := cache.warm(ctx); err != nil {
					return err
				}
				list, err := (&Server{store: s, insurers: cache}).Register(ctx)
				return some(list, err, 30)
			},
		},
	}
}
