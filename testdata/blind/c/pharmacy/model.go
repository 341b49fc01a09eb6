package pharmacy

import (
	"context"
	"database/sql"
	"strings"

	"github.com/go-gorp/gorp/v3"
)

const tables = `
CREATE TABLE drugs (code varchar(12) PRIMARY KEY, name varchar(60) NOT NULL, maker_id integer, price integer NOT NULL);
CREATE TABLE makers (id integer PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE batches (id integer PRIMARY KEY, drug_code varchar(12) NOT NULL, expires integer NOT NULL, quantity integer NOT NULL, version integer NOT NULL);
CREATE TABLE settings (name varchar(30) PRIMARY KEY, value varchar(60) NOT NULL);
CREATE TABLE movements (drug_code varchar(12) NOT NULL, delta integer NOT NULL, reason varchar(30));
CREATE TABLE prescribers (licence varchar(20) PRIMARY KEY, name varchar(60) NOT NULL);
INSERT INTO makers VALUES (3, 'Aldra'), (8, 'Benco'), (21, 'Corvis'), (22, 'Dexa'), (90, 'Eurolab'), (91, 'Fenn'), (140, 'Galen');
INSERT INTO drugs VALUES ('A02BC01', 'Omeprazole', 3, 410), ('A10BA02', 'Metformin', 8, 190), ('C07AB02', 'Metoprolol', 21, 320), ('C09AA05', 'Ramipril', 21, 280), ('J01CA04', 'Amoxicillin', 90, 650), ('M01AE01', 'Ibuprofen', 140, 120), ('N02BE01', 'Paracetamol', NULL, 90), ('N06AB06', 'Sertraline', 91, 700), ('R03AC02', 'Salbutamol', 22, 830), ('R06AE07', 'Cetirizine', 3, 200), ('S01ED01', 'Timolol', 8, 560);
INSERT INTO batches VALUES (1, 'A02BC01', 202501, 40, 1), (2, 'A02BC01', 202603, 10, 1), (3, 'A10BA02', 202409, 0, 1), (4, 'C07AB02', 202511, 25, 1), (5, 'C09AA05', 202408, 5, 1), (6, 'J01CA04', 202402, 60, 1), (7, 'M01AE01', 202401, 3, 1), (8, 'N02BE01', 202407, 200, 1), (9, 'N02BE01', 202612, 500, 1), (10, 'N06AB06', 202405, 12, 1), (11, 'R03AC02', 202404, 7, 1), (12, 'R06AE07', 202403, 70, 1);
INSERT INTO settings VALUES ('currency', 'EUR'), ('locale', 'de'), ('vat', '10'), ('label', 'wide');
`

type drug struct {
	Code    string        `db:"code"`
	Name    string        `db:"name"`
	MakerID sql.NullInt64 `db:"maker_id"`
	Price   int           `db:"price"`
}

type maker struct {
	ID   int64  `db:"id"`
	Name string `db:"name"`
}

type batch struct {
	ID       int64  `db:"id"`
	DrugCode string `db:"drug_code"`
	Expires  int    `db:"expires"`
	Quantity int    `db:"quantity"`
	Version  int64  `db:"version"`
}

type movement struct {
	DrugCode string         `db:"drug_code"`
	Delta    int            `db:"delta"`
	Reason   sql.NullString `db:"reason"`
}

func (m *movement) PreInsert(gorp.SqlExecutor) error {
	m.Reason.String = strings.ToLower(m.Reason.String)
	return nil
}

type prescriber struct {
	Licence string `db:"licence"`
	Name    string `db:"name"`
}

// stocked is a drug that knows how much of it is there.
type stocked struct {
	Code  string `db:"code"`
	Name  string `db:"name"`
	Stock int64  `db:"-"`
}

func (s *stocked) PostGet(x gorp.SqlExecutor) (err error) {
	s.Stock, err = x.SelectInt(`SELECT coalesce(sum(quantity), 0) FROM batches WHERE drug_code = ?`, s.Code) // also loop: n-plus-one
	return err
}

func open(db *sql.DB, d gorp.Dialect) *gorp.DbMap {
	m := &gorp.DbMap{Db: db, Dialect: d}
	m.AddTableWithName(drug{}, "drugs").SetKeys(false, "Code")
	m.AddTableWithName(stocked{}, "drugs").SetKeys(false, "Code")
	m.AddTableWithName(maker{}, "makers").SetKeys(false, "ID")
	m.AddTableWithName(batch{}, "batches").SetKeys(false, "ID").SetVersionCol("Version")
	m.AddTableWithName(movement{}, "movements")
	m.AddTableWithName(prescriber{}, "prescribers").SetKeys(false, "Licence")
	return m
}

func onSQLite(fn func(x gorp.SqlExecutor) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return fn(open(db, gorp.SqliteDialect{}).WithContext(ctx))
	}
}

func onMySQL(fn func(m *gorp.DbMap) error) func(context.Context, *sql.DB) error {
	return func(_ context.Context, db *sql.DB) error {
		return fn(open(db, gorp.MySQLDialect{Engine: "InnoDB", Encoding: "utf8mb4"}))
	}
}
