package arrays

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE posts (member_id bigint, title text); CREATE TABLE seen (member_id bigint);
INSERT INTO posts VALUES (1,'a'),(1,'b'),(2,'c'),(4,'d'),(6,'e'),(3,'f')`

var ids = []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}

func TestChunksText(t *testing.T) {
	db := casetest.Postgres(t, schema)
	_, err := ChunksText(nplusgonetest.Test(t), db, ids, 3)
	casetest.Must(t, err)
}

func TestChunksNative(t *testing.T) {
	db := casetest.Postgres(t, schema)
	_, err := ChunksNative(nplusgonetest.Test(t), db, ids, 3)
	casetest.Must(t, err)
}

func TestChunksUnnest(t *testing.T) {
	db := casetest.Postgres(t, schema)
	_, err := ChunksUnnest(nplusgonetest.Test(t), db, ids, 3)
	casetest.Must(t, err)
}

func TestChunksJSON(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := ChunksJSON(nplusgonetest.Test(t), db, ids, 3)
	casetest.Must(t, err)
}

func TestInsertChunks(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, InsertChunks(nplusgonetest.Test(t), db, ids, 3))
}

func TestDeleteChunks(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, DeleteChunks(nplusgonetest.Test(t), db, ids, 3))
}

func TestUpdateChunks(t *testing.T) {
	db := casetest.Postgres(t, schema)
	casetest.Must(t, UpdateChunks(nplusgonetest.Test(t), db, ids, 3))
}

func TestOneText(t *testing.T) {
	db := casetest.Postgres(t, schema)
	_, err := OneText(nplusgonetest.Test(t), db, ids)
	casetest.Must(t, err)
}

func TestOneNative(t *testing.T) {
	db := casetest.Postgres(t, schema)
	_, err := OneNative(nplusgonetest.Test(t), db, ids)
	casetest.Must(t, err)
}

func TestDifferent(t *testing.T) {
	db := casetest.Postgres(t, schema)
	_, err := Different(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}

func TestPQChunks(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	_, err := ChunksText(nplusgonetest.Test(t), db, ids, 3)
	casetest.Must(t, err)
}

func TestPQUnnest(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	_, err := ChunksUnnest(nplusgonetest.Test(t), db, ids, 3)
	casetest.Must(t, err)
}

func TestPQInsert(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	casetest.Must(t, InsertChunks(nplusgonetest.Test(t), db, ids, 3))
}

func TestPQDelete(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	casetest.Must(t, DeleteChunks(nplusgonetest.Test(t), db, ids, 3))
}

func TestPQOne(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	_, err := OneText(nplusgonetest.Test(t), db, ids)
	casetest.Must(t, err)
}
