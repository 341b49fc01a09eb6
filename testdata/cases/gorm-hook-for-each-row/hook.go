// Package hook has a GORM hook that runs a statement for each row that Find has loaded. The loop is in GORM. An
// n-plus-one is wanted at the hook or at the call of Find, also in a transaction and with FindInBatches. One
// statement for all rows is not reported.
//
// Related issues: go-gorm/gorm#3970, go-gorm/gorm#6519.
package hook

import "gorm.io/gorm"

type Doc struct {
	ID    int64
	Title string
	Last  string `gorm:"-"`
}
type Revision struct {
	ID, DocID int64
	Body      string
}

func (d *Doc) AfterFind(tx *gorm.DB) error { // callHook
	var r Revision
	err := tx.Session(&gorm.Session{NewDB: true}).Where("doc_id = ?", d.ID).Order("id DESC").Limit(1).Find(&r).Error
	d.Last = r.Body
	return err
}

func List(db *gorm.DB) (docs []Doc, err error) {
	err = db.Order("id").Find(&docs).Error // callList
	return docs, err
}

type Plain struct {
	ID    int64
	Title string
}

func (Plain) TableName() string { return "docs" }

func Batched(db *gorm.DB) (docs []Plain, last map[int64]string, err error) {
	if err = db.Order("id").Find(&docs).Error; err != nil {
		return
	}
	ids := make([]int64, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
	}
	var rs []Revision
	err = db.Where("id IN (?)", db.Model(&Revision{}).Select("MAX(id)").Where("doc_id IN ?", ids).Group("doc_id")).Find(&rs).Error
	last = map[int64]string{}
	for _, r := range rs {
		last[r.DocID] = r.Body
	}
	return
}

// InTx runs List in a transaction.
func InTx(db *gorm.DB) (docs []Doc, err error) {
	err = db.Transaction(func(tx *gorm.DB) error { // callInTx
		docs, err = List(tx) // callInTxList
		return err
	})
	return docs, err
}

// Batches triggers the hook from FindInBatches.
func Batches(db *gorm.DB) (n int, err error) {
	var docs []Doc
	err = db.FindInBatches(&docs, 100, func(tx *gorm.DB, batch int) error { // callBatches
		n += len(docs)
		return nil
	}).Error
	return n, err
}
