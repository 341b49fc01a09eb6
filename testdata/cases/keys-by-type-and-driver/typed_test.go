package typed

import (
	"context"
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE owners (id bigint primary key, uid uuid, code text); CREATE TABLE items (owner_id bigint, owner_uuid uuid, owner_code text, title text);
INSERT INTO owners SELECT n, ('00000000-0000-4000-8000-00000000000'||n)::uuid, 'code-000'||n FROM generate_series(1,6) n; INSERT INTO items SELECT id, uid, code, 't' FROM owners`

func check(t *testing.T, f func(context.Context, *sql.DB) (int, error), want int, drivers ...string) {
	if drivers == nil {
		drivers = []string{"pgx", "postgres"}
	}
	for _, name := range drivers {
		t.Run(name, func(t *testing.T) {
			db := casetest.Open(t, name, schema)
			ctx := nplusgonetest.Test(t)
			if n, err := f(ctx, db); err != nil || n != want {
				t.Fatal("case broken:", n, err)
			}
		})
	}
}
func TestUUID(t *testing.T) {
	check(t, UUID, 6)
}

func TestPGUUID(t *testing.T) {
	check(t, PGUUID, 6, "pgx")
}

func TestNamed(t *testing.T) {
	check(t, Named, 6)
}

func TestText(t *testing.T) {
	check(t, Text, 6)
}

func TestPointer(t *testing.T) {
	check(t, Pointer, 6)
}

func TestNull(t *testing.T) {
	check(t, Null, 6)
}

func TestValuer(t *testing.T) {
	check(t, Valuer, 6)
}

func TestPlain(t *testing.T) {
	check(t, Plain, 6)
}

func TestTwo(t *testing.T) {
	check(t, Two, 0)
}
