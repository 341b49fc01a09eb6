package gormv1

import (
	"encoding/json"
	"io"

	"github.com/jinzhu/gorm"
)

type CartItem struct {
	ID     uint   `json:"-"`
	CartID uint   `json:"-"`
	SKU    string `json:"sku"`
	Qty    int    `json:"qty"`
	Cents  int    `json:"cents"`
}

type cartView struct {
	Items []CartItem `json:"items"`
	Count int        `json:"count"`
	Total int        `json:"total"`
	Empty bool       `json:"empty"`
}

type cartRepo struct{ db *gorm.DB }

func (c cartRepo) items(cart uint) (items []CartItem, err error) {
	err = c.db.Find(&items, CartItem{CartID: cart}).Error
	return
}

func newCartView(items []CartItem) cartView {
	v := cartView{Items: items, Count: len(items), Empty: len(items) == 0}
	for _, it := range items {
		v.Total += it.Qty * it.Cents
	}
	return v
}

func ShowCart(db *gorm.DB, w io.Writer, cart uint) error {
	items, err := cartRepo{db}.items(cart)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(newCartView(items))
}
