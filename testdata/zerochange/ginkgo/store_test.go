package ginkgo

import (
	"database/sql"
	"fmt"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/onsi/ginkgo/v2"
)

func TestStore(t *testing.T) { ginkgo.RunSpecs(t, "Store") }

var db *sql.DB

// What the suite's own nodes run is of the test.
var _ = ginkgo.BeforeSuite(func() { // scope: 3 TestStore
	var err error
	db, err = sql.Open("sqlite3", "file:store?mode=memory&cache=shared")
	check(err)
	_, err = db.Exec("CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (post_id INTEGER, body TEXT)")
	check(err)
	_, err = db.Exec("INSERT INTO posts (id) VALUES (100), (101), (104), (109)")
	check(err)
	_, err = db.Exec("INSERT INTO comments (post_id, body) SELECT id, 'text' FROM posts")
	check(err)
})

var _ = ginkgo.AfterSuite(func() { check(db.Close()) })

func check(err error) {
	ginkgo.GinkgoHelper()
	if err != nil {
		ginkgo.Fail(err.Error())
	}
}

var _ = ginkgo.Describe("The store", func() {
	var ids []int64

	ginkgo.BeforeEach(func() {
		var err error
		ids, err = IDs(db)
		check(err)
	})

	// The statements of BeforeEach and of a goroutine are of the spec.
	ginkgo.It("returns bodies", func(ctx ginkgo.SpecContext) { // scope: 6 The store returns bodies
		bodies, err := Bodies(db, ids)
		check(err)
		if len(bodies) != 4 {
			ginkgo.Fail(fmt.Sprint(bodies))
		}
		done := make(chan error)
		go func() {
			_, err := Count(db)
			done <- err
		}()
		check(<-done)
	})

	ginkgo.Context("with one post", func() {
		// Each entry runs two statements, and none of them twice.
		ginkgo.DescribeTable("returns its body", func(i int) {
			_, err := Body(db, ids[i])
			check(err)
		},
			ginkgo.Entry("the first", 0), // scope: 2 The store with one post returns its body the first
			ginkgo.Entry("the second", 1),
			ginkgo.Entry("the third", 2),
			ginkgo.Entry("the last", 3), // scope: 2 The store with one post returns its body the last
		)
	})

	// Specs with one text and one place.
	for range 3 {
		ginkgo.It("returns the number", func() { // scope: 2 The store returns the number
			_, err := Count(db)
			check(err)
		})
	}

	// Each attempt is a scope.
	attempts := 0
	ginkgo.It("is repeated", ginkgo.FlakeAttempts(3), func() { // scope: 2 The store is repeated
		_, err := Count(db)
		check(err)
		if attempts++; attempts < 3 {
			ginkgo.Fail("again")
		}
	})
})

// The nodes of a container that run once are of the spec that they run with.
var _ = ginkgo.Describe("In order", ginkgo.Ordered, func() {
	var ids []int64

	ginkgo.BeforeAll(func() {
		var err error
		ids, err = IDs(db)
		check(err)
	})

	ginkgo.It("is the first", func() { // scope: 2 In order is the first
		_, err := Body(db, ids[0])
		check(err)
	})

	ginkgo.It("is the second", func() { // scope: 1 In order is the second
		_, err := Body(db, ids[1])
		check(err)
	})
})
