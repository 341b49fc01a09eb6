package routers

import (
	"context"
	"database/sql"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/stretchr/testify/suite"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

// A testify suite: each test is a scope.
type BlogSuite struct {
	suite.Suite
	ctx context.Context
	db  *sql.DB
}

func (s *BlogSuite) SetupTest() {
	s.ctx = nplusgonetest.Test(s.T())
}

func TestBlogSuite(t *testing.T) {
	db, err := nplusgone.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	suite.Run(t, &BlogSuite{db: db})
}

func (s *BlogSuite) TestListsPosts() {
	_, err := s.db.ExecContext(s.ctx, "SELECT 1")
	s.NoError(err)
}

// A suite of Ginkgo: each spec is a scope. Its nodes run on goroutines of their own, so the scope follows the context or
// the database.
var _ = ginkgo.Describe("Blog", func() {
	var db *sql.DB
	ginkgo.BeforeEach(func() {
		db = nplusgonetest.Open(ginkgo.GinkgoT(), "sqlite3", ":memory:")
	})

	ginkgo.It("lists posts", func() {
		_, err := db.Exec("SELECT 1")
		gomega.Expect(err).NotTo(gomega.HaveOccurred())
	})
})

func TestSpecs(t *testing.T) {
	gomega.RegisterFailHandler(ginkgo.Fail)
	names := scopes(func() { ginkgo.RunSpecs(t, "Blog") })
	if len(names) != 1 || names[0] != "Blog lists posts" {
		t.Errorf("the scopes are %q", names)
	}
}
