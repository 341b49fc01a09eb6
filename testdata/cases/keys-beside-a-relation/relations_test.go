package relations

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE users (id integer primary key, name text); CREATE TABLE posts (id integer primary key, user_id int, title text); CREATE TABLE roles (id integer primary key, name text); CREATE TABLE tags (id integer primary key, name text);
INSERT INTO users VALUES (17,'a'),(29,'b'),(31,'c'),(48,'d'),(55,'e'),(63,'f'); INSERT INTO posts SELECT 1000 + 7*id, id, 'post '||id FROM users; INSERT INTO posts SELECT 2000 + 3*id, id, 'later '||id FROM users;
INSERT INTO roles SELECT id, 'role '||id FROM users; INSERT INTO tags SELECT id, 'tag '||id FROM posts`

func on(t *testing.T) *gorm.DB {
	g, err := gorm.Open(sqlite.Dialector{Conn: casetest.SQLite(t, schema)}, &gorm.Config{Logger: logger.Discard})
	casetest.Must(t, err)
	return g.WithContext(nplusgonetest.Test(t))
}

func TestOfUsers(t *testing.T) {
	_, err := OfUsers(on(t))
	casetest.Must(t, err)
}

func TestOfPosts(t *testing.T) {
	_, err := OfPosts(on(t))
	casetest.Must(t, err)
}
