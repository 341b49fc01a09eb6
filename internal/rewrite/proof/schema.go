package proof

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// schema is understood by every database. Keys come several times, are NULL, or find nothing.
var schema = []string{
	`CREATE TABLE people (id bigint PRIMARY KEY, name varchar(40), country varchar(20), age int)`,
	`CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint, title varchar(80), kind varchar(20), score int, n int)`,
	`CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint, author_id bigint, body varchar(80), kind varchar(20), score int)`,
	`CREATE TABLE tags (post_id bigint, name varchar(20), weight int, PRIMARY KEY (post_id, name))`,
	`CREATE TABLE log (post_id bigint, why varchar(80), n int)`,
}

var tables = []string{"people", "posts", "comments", "tags", "log"}

// types are those of the columns, as PostgreSQL calls them.
var types = map[string]string{
	"id": "bigint", "author_id": "bigint", "post_id": "bigint", "age": "int", "score": "int", "n": "int", "weight": "int",
}

func setUp(t *testing.T, db *sql.DB, d fingerprint.Dialect) {
	t.Helper()
	run := func(text string) {
		if _, err := db.ExecContext(context.Background(), text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	for _, text := range schema {
		if d == fingerprint.MySQL {
			text += " ENGINE=InnoDB"
		}
		run(text)
	}
	for i := 1; i <= 6; i++ {
		run(fmt.Sprintf("INSERT INTO people VALUES (%d, 'person %d', '%s', %d)", i, i, []string{"at", "de"}[i%2], 20+i))
	}
	for i := 1; i <= 12; i++ {
		author := fmt.Sprint(i%4 + 1) // nobody else wrote
		if i%6 == 0 {
			author = "NULL"
		}
		run(fmt.Sprintf("INSERT INTO posts VALUES (%d, %s, 'post %d', '%s', %d, %d)", i, author, i, kinds[i%3], i*7%13, i))
	}
	for i := 1; i <= 40; i++ {
		run(fmt.Sprintf("INSERT INTO comments VALUES (%d, %d, %d, 'comment %d', '%s', %d)", i, i*i%10+1, i%5+1, i, kinds[i%3], i*11%17))
	}
	for i := 1; i <= 20; i++ {
		run(fmt.Sprintf("INSERT INTO tags VALUES (%d, 'tag %d', %d)", i%8+1, i/8, i))
	}
	run("INSERT INTO log VALUES (1, 'old', 1)")
}

var kinds = []string{"news", "essay", "note"}
