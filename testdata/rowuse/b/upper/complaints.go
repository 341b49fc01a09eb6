package upper

import (
	"github.com/upper/db/v4"
)

type Complaint struct {
	ID       int    `db:"id"`
	SellerID int    `db:"seller_id"`
	Text     string `db:"text"`
	Settled  bool   `db:"settled"`
}

type Seller struct {
	ID       int    `db:"id"`
	Name     string `db:"name"`
	Verified bool   `db:"verified"`
}

type marketRepo interface {
	Seller(id int) (*Seller, error)
	Pending(seller int) ([]Complaint, error)
}

type upperMarket struct{ sess db.Session }

func (m upperMarket) Seller(id int) (*Seller, error) {
	s := new(Seller)
	return s, m.sess.Collection("sellers").Find(id).One(s)
}

func (m upperMarket) Pending(seller int) (cs []Complaint, err error) {
	err = m.sess.Collection("complaints").Find(db.Cond{"seller_id": seller, "settled": false}).All(&cs) // want: fetch-to-exist
	return
}

type payout struct {
	Seller  string
	Allowed bool
}

func checkPayout(m marketRepo, seller int) (p payout, err error) {
	s, err := m.Seller(seller)
	if err != nil {
		return p, err
	}
	p.Seller = s.Name
	pending, err := m.Pending(s.ID)
	if err != nil {
		return p, err
	}
	p.Allowed = s.Verified && len(pending) == 0
	return p, nil
}
