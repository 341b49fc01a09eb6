package suite

import (
	"database/sql"
	"testing"

	_ "example.org/memdb"
	"github.com/stretchr/testify/suite"
)

// A StoreSuite keeps its database for all of its tests.
type StoreSuite struct {
	suite.Suite
	db *sql.DB
}

func (s *StoreSuite) SetupSuite() {
	var err error
	s.db, err = sql.Open("memdb", "")
	s.Require().NoError(err)
}

func (s *StoreSuite) SetupTest() {
	_, err := s.db.Exec("DELETE FROM posts")
	s.Require().NoError(err)
}

func (s *StoreSuite) TearDownSuite() { s.Require().NoError(s.db.Close()) }

func (s *StoreSuite) TestBodies() {
	ids, err := IDs(s.db)
	s.Require().NoError(err)
	bodies, err := Bodies(s.db, ids)
	s.Require().NoError(err)
	s.Len(bodies, 6)
}

func (s *StoreSuite) TestIDs() {
	ids, err := IDs(s.db)
	s.Require().NoError(err)
	s.Len(ids, 6)
}

func TestStore(t *testing.T) { suite.Run(t, new(StoreSuite)) }
