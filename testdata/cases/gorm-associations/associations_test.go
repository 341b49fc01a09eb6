package associations

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE users (id integer primary key, name text); CREATE TABLE roles (id integer primary key, name text); CREATE TABLE user_roles (user_id int, role_id int, primary key (user_id, role_id)); CREATE TABLE posts (id integer primary key, user_id int, title text); CREATE TABLE tags (id integer primary key, post_id int, name text);
INSERT INTO users VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'),(6,'f'); INSERT INTO roles VALUES (1,'r'),(2,'s'),(3,'t'); INSERT INTO user_roles SELECT id, 1+id%3 FROM users; INSERT INTO posts (user_id, title) SELECT id, 't' FROM users; INSERT INTO posts (user_id, title) SELECT id, 'u' FROM users; INSERT INTO tags (post_id, name) SELECT id, 'x' FROM posts`

func on(t *testing.T) (*gorm.DB, func() *gorm.DB) {
	g, err := gorm.Open(sqlite.Dialector{Conn: casetest.SQLite(t, schema)}, &gorm.Config{Logger: logger.Discard})
	casetest.Must(t, err)
	return g, func() *gorm.DB { return g.WithContext(nplusgonetest.Test(t)) }
}

func TestAssocFind(t *testing.T) {
	_, s := on(t)
	_, err := AssocFind(s())
	casetest.Must(t, err)
}

func TestAssocCount(t *testing.T) {
	_, s := on(t)
	_, err := AssocCount(s())
	casetest.Must(t, err)
}

func TestPreloadOne(t *testing.T) {
	_, s := on(t)
	_, err := PreloadOne(s(), []int64{2, 4, 5, 6})
	casetest.Must(t, err)
}

func TestAppend(t *testing.T) {
	g, s := on(t)
	var u User
	g.First(&u)
	casetest.Must(t, Append(s(), &u, []string{"n1", "n2", "n3", "n4"}))
}

func TestEnsure(t *testing.T) {
	_, s := on(t)
	_, err := Ensure(s(), []string{"r", "new1", "new2", "new3", "new4"})
	casetest.Must(t, err)
}

func TestEnsureOld(t *testing.T) {
	_, s := on(t)
	_, err := Ensure(s(), []string{"r", "s", "t", "new4"})
	casetest.Must(t, err)
}

func TestBatched(t *testing.T) {
	_, s := on(t)
	_, err := Batched(s())
	casetest.Must(t, err)
}

func TestPreloadBatches(t *testing.T) {
	_, s := on(t)
	_, err := PreloadBatches(s())
	casetest.Must(t, err)
}

func TestSaveGraph(t *testing.T) {
	g, s := on(t)
	us, _ := Batched(g)
	casetest.Must(t, SaveGraph(s(), us))
}

func TestCreateGraph(t *testing.T) {
	_, s := on(t)
	casetest.Must(t, CreateGraph(s()))
}
