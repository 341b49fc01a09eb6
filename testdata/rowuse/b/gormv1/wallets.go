package gormv1

import (
	"errors"

	"github.com/jinzhu/gorm"
)

type Wallet struct {
	ID      uint
	Owner   string
	Balance int64
}

var ErrFunds = errors.New("not enough funds")

type walletTx struct{ tx *gorm.DB }

func (w walletTx) lock(id uint) (*Wallet, error) {
	var x Wallet
	err := w.tx.Set("gorm:query_option", "FOR UPDATE").First(&x, id).Error
	return &x, err
}

func (w walletTx) put(x *Wallet) error { return w.tx.Save(x).Error }

func transfer(db *gorm.DB, from, to uint, cents int64) error {
	return db.Transaction(func(tx *gorm.DB) error {
		w := walletTx{tx}
		a, err := w.lock(from)
		if err != nil {
			return err
		}
		b, err := w.lock(to)
		if err != nil {
			return err
		}
		if a.Balance < cents {
			return ErrFunds
		}
		a.Balance -= cents
		b.Balance += cents
		if err := w.put(a); err != nil {
			return err
		}
		return w.put(b)
	})
}
