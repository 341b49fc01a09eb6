package c

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"strconv"

	gormv1 "github.com/jinzhu/gorm"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

func withGorm(f func(context.Context, *gorm.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		g, err := gorm.Open(gormsqlite.New(gormsqlite.Config{Conn: db}), &gorm.Config{Logger: logger.Discard})
		if err != nil {
			return err
		}
		return f(ctx, g.WithContext(ctx))
	}
}

const (
	topics = `CREATE TABLE topics (id INTEGER PRIMARY KEY, board TEXT, title TEXT);
CREATE TABLE replies (id INTEGER PRIMARY KEY, topic_id INTEGER, author TEXT, body TEXT);
INSERT INTO topics WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 12) SELECT i, 'b'||(i%2), 'Topic '||i FROM s;
INSERT INTO replies WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 90) SELECT i, 1 + i%12, 'author '||(i%9), 'reply '||i FROM s;`
	repairs = `CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT, phone TEXT);
CREATE TABLE repairs (id INTEGER PRIMARY KEY, owner_id INTEGER, device TEXT, fault TEXT);
CREATE TABLE invoices (id INTEGER PRIMARY KEY, owner_id INTEGER, cents INTEGER);
INSERT INTO owners WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 9) SELECT i, 'owner '||i, '555-'||i FROM s;
INSERT INTO repairs WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 30) SELECT i, 1 + i%9, 'radio', 'hum' FROM s;
INSERT INTO invoices WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i < 30) SELECT i, 1 + i%9, 100*i FROM s;`
)

// GormV2 lists the programs on gorm.io/gorm.
func GormV2() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("topics of a board with the number of their replies",
			"The replies of all topics are loaded, and only their number is written.", topics,
			withGorm(func(ctx context.Context, db *gorm.DB) error { return (&forum{db}).Index(io.Discard, "b1") }), rowuse.FetchToCount),
		onSQLite("topics of a board with their replies",
			"The number is written before the replies, which follow.", topics,
			withGorm(func(ctx context.Context, db *gorm.DB) error { return (&forum{db}).Print(io.Discard, "b1") })),
		onSQLite("invoices for the device that is repaired",
			"The owner is fetched only for his id, which the repair has as owner_id.", repairs,
			withGorm(func(ctx context.Context, db *gorm.DB) error {
				sum, err := workshop{db}.invoicesOfRepair(7)
				Sink = sum
				return err
			}), rowuse.RedundantLookup),
		onSQLite("label for the device that is repaired",
			"The owner's name and phone are on the label.", repairs,
			withGorm(func(ctx context.Context, db *gorm.DB) error { return workshop{db}.label(io.Discard, 7) })),
	}
}

type topic struct {
	ID      uint
	Board   string
	Title   string
	Replies []reply `gorm:"foreignKey:TopicID"`
}

func (topic) TableName() string { return "topics" }

type reply struct {
	ID      uint   `json:"-"`
	TopicID uint   `json:"topic"`
	Author  string `json:"author"`
	Body    string `json:"body"`
}

func (reply) TableName() string { return "replies" }

type forum struct{ db *gorm.DB }

func (f *forum) topics(board string) (list []topic, err error) {
	err = f.db.Preload("Replies").Where("board = ?", board).Order("id").Find(&list).Error
	return list, err
}

func (f *forum) Index(w io.Writer, board string) error {
	list, err := f.topics(board)
	if err != nil {
		return err
	}
	for _, t := range list {
		if _, err := io.WriteString(w, t.Title+": "+strconv.Itoa(len(t.Replies))+" replies\n"); err != nil {
			return err
		}
	}
	return nil
}

func (f *forum) Print(w io.Writer, board string) error {
	list, err := f.topics(board)
	if err != nil {
		return err
	}
	for i := range list {
		t := &list[i]
		if _, err := io.WriteString(w, t.Title+" ("+strconv.Itoa(len(t.Replies))+")\n"); err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(t.Replies); err != nil {
			return err
		}
	}
	return nil
}

type owner struct {
	ID          uint
	Name, Phone string
}

type repair struct {
	ID            uint
	OwnerID       uint
	Device, Fault string
}

type workshop struct{ db *gorm.DB }

func (s workshop) repair(id uint) (*repair, error) {
	var r repair
	if err := s.db.First(&r, id).Error; err != nil {
		return nil, err
	}
	return &r, nil
}

func (s workshop) owner(id uint) (*owner, error) {
	var o owner
	if err := s.db.First(&o, id).Error; err != nil {
		return nil, err
	}
	return &o, nil
}

func (s workshop) invoicesOfRepair(id uint) (sum int64, err error) {
	r, err := s.repair(id)
	if err != nil {
		return 0, err
	}
	o, err := s.owner(r.OwnerID)
	if err != nil {
		return 0, err
	}
	err = s.db.Table("invoices").Where("owner_id = ?", o.ID).Select("COALESCE(SUM(cents), 0)").Scan(&sum).Error
	return sum, err
}

func (s workshop) label(w io.Writer, id uint) error {
	r, err := s.repair(id)
	if err != nil {
		return err
	}
	o, err := s.owner(r.OwnerID)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, strconv.Itoa(int(r.ID))+" "+r.Device+" ("+r.Fault+")\n"+o.Name+", "+o.Phone)
	return err
}

const trips = `CREATE TABLE trips (id INTEGER PRIMARY KEY, driver TEXT, van TEXT, km INTEGER);
INSERT INTO trips `

// GormV1 lists the programs on jinzhu/gorm.
func GormV1() []rowuse.Case {
	return []rowuse.Case{
		onSQLite("kilometres of each van",
			"The kilometres are added up by van in a map: GROUP BY van.",
			trips+series("50")+`SELECT i, 'driver '||(i%4), 'van '||(i%6), 10+i FROM s;`,
			withV1(func(db *gormv1.DB) error {
				return json.NewEncoder(io.Discard).Encode(must(kilometres(db, "driver 2")))
			}), rowuse.AggregateInApp),
		onSQLite("logbook of a van",
			"Each trip is written with the kilometres up to it.",
			trips+series("36")+`SELECT i, 'driver '||(i%4), 'van '||(i%3), 10+i FROM s;`,
			withV1(func(db *gormv1.DB) error { return logbook(db, io.Discard, "van 1") })),
	}
}

func withV1(f func(*gormv1.DB) error) func(context.Context, *sql.DB) error {
	return func(_ context.Context, db *sql.DB) error {
		g, err := gormv1.Open("sqlite3", db)
		if err != nil {
			return err
		}
		return f(g.LogMode(false))
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type trip struct {
	ID     int
	Driver string
	Van    string
	Km     int
}

func kilometres(db *gormv1.DB, driver string) (map[string]int, error) {
	var list []trip
	if err := db.Where("driver = ?", driver).Find(&list).Error; err != nil {
		return nil, err
	}
	byVan := make(map[string]int)
	for _, t := range list {
		byVan[t.Van] += t.Km
	}
	return byVan, nil
}

func logbook(db *gormv1.DB, w io.Writer, van string) error {
	var list []trip
	if err := db.Where("van = ?", van).Order("id").Find(&list).Error; err != nil {
		return err
	}
	total := 0
	for _, t := range list {
		total += t.Km
		if _, err := io.WriteString(w, strconv.Itoa(t.ID)+" "+t.Driver+" "+t.Van+" "+strconv.Itoa(t.Km)+" "+strconv.Itoa(total)+"\n"); err != nil {
			return err
		}
	}
	return nil
}
