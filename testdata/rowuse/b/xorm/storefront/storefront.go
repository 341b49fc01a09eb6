// Package storefront shows what customers have put aside.
package storefront

import (
	"context"
	"encoding/json"
	"io"

	"xorm.io/xorm"
)

type Wish struct {
	Id        int64
	Customer  int64
	ProductId int64
	Note      string
}

type Product struct {
	Id    int64  `json:"id"`
	Title string `json:"title"`
	Cents int    `json:"cents"`
}

type Wishlist struct{ Engine *xorm.Engine }

func (l *Wishlist) wishes(ctx context.Context, customer int64) ([]Wish, error) {
	var ws []Wish
	err := l.Engine.Context(ctx).Where("customer = ?", customer).Asc("id").Find(&ws)
	return ws, err
}

func (l *Wishlist) products(ctx context.Context, ws []Wish) (map[int64]Product, error) {
	ids := make([]int64, 0, len(ws))
	for _, w := range ws {
		ids = append(ids, w.ProductId)
	}
	products := make(map[int64]Product, len(ids))
	err := l.Engine.Context(ctx).In("id", ids).Find(&products)
	return products, err
}

type item struct {
	Wish    int64   `json:"wish"`
	Note    string  `json:"note,omitempty"`
	Product Product `json:"product"`
}

func (l *Wishlist) Write(ctx context.Context, w io.Writer, customer int64) error {
	ws, err := l.wishes(ctx, customer)
	if err != nil {
		return err
	}
	products, err := l.products(ctx, ws)
	if err != nil {
		return err
	}
	items := make([]item, len(ws))
	for i, wish := range ws {
		items[i] = item{wish.Id, wish.Note, products[wish.ProductId]}
	}
	return json.NewEncoder(w).Encode(items)
}
