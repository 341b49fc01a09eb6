package gormv1

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/jinzhu/gorm"
)

type Invoice struct {
	ID     uint
	Number string
	Payer  string
}

type InvoiceLine struct {
	ID        uint
	InvoiceID uint
	Text      string
	Qty       int
	Cents     int
}

func findInvoice(db *gorm.DB, number string) (*Invoice, []InvoiceLine, error) {
	var inv Invoice
	if err := db.Where("number = ?", number).First(&inv).Error; err != nil {
		return nil, nil, err
	}
	var lines []InvoiceLine
	if err := db.Model(&inv).Related(&lines).Error; err != nil {
		return nil, nil, err
	}
	return &inv, lines, nil
}

// PrintInvoice writes an invoice with its lines and their sum.
func PrintInvoice(db *gorm.DB, out io.Writer, number string) error {
	inv, lines, err := findInvoice(db, number)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Invoice %s to %s\n", inv.Number, inv.Payer)
	w := tabwriter.NewWriter(out, 4, 4, 1, ' ', tabwriter.AlignRight)
	sum := 0
	for _, l := range lines {
		fmt.Fprintf(w, "%d\t%s\t%d\t%d\t\n", l.ID, l.Text, l.Qty, l.Cents)
		sum += l.Qty * l.Cents
	}
	fmt.Fprintf(w, "\t%d lines\t\t%d\t\n", len(lines), sum)
	return w.Flush()
}
