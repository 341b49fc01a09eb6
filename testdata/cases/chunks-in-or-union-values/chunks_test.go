package chunks

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE pairs (a bigint, b bigint); INSERT INTO pairs VALUES (1,1),(2,2),(3,3),(4,4),(5,5),(6,6),(7,7),(8,8),(9,9),(10,10),(11,11),(12,12)`

var keys = []Key{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}, {6, 6}, {7, 7}, {8, 8}, {9, 9}, {10, 10}, {11, 11}, {12, 12}}

func TestOrChain(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	_, err := OrChain(nplusgonetest.Test(t), db, keys, 3)
	casetest.Must(t, err)
}

func TestUnion(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	_, err := Union(nplusgonetest.Test(t), db, keys, 3)
	casetest.Must(t, err)
}

func TestValues(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	_, err := Values(nplusgonetest.Test(t), db, keys, 3)
	casetest.Must(t, err)
}

func TestUpdate(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	casetest.Must(t, UpdateUnnest(nplusgonetest.Test(t), db, keys, 3))
}

func TestDeleteIn(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	casetest.Must(t, DeleteIn(nplusgonetest.Test(t), db, keys, 3))
}

func TestOrDelete(t *testing.T) {
	db := casetest.Open(t, "postgres", schema)
	casetest.Must(t, OrDelete(nplusgonetest.Test(t), db, keys, 3))
}

func TestFindInSet(t *testing.T) {
	db := casetest.MariaDB(t, "interpolateParams=true", schema)
	_, err := FindInSet(nplusgonetest.Test(t), db, keys, 3)
	casetest.Must(t, err)
}
